// The states behind a symbol, by the state before it. Below 7: the last symbol was a literal.
export function afterLiteral(state: i32): i32 {
  return state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
}

export function afterMatch(state: i32): i32 {
  return state < 7 ? 7 : 10;
}

export function afterRepeat(state: i32): i32 {
  return state < 7 ? 8 : 11;
}

export function afterShort(state: i32): i32 {
  return state < 7 ? 9 : 11;
}

/** Makes an element; texts among the children are texts, whatever is in them. */
export function element(name, properties, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** A button that sends a request. */
export function actButton(label, description, method, path) {
  const button = element("button", { type: "button", ariaLabel: description }, [label]);
  Object.assign(button.dataset, { method, path });
  return button;
}

/** Writes only what has changed: a reader is not told the same twice, and a selection stays. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Keeps a list's elements as its items are, by key, and so the focus that is on one of them.
 *
 * @param draw makes `{ root, update(item) }` for an item.
 */
export function keyedList(parent, keyOf, draw) {
  let shown = new Map();
  return (items) => {
    const next = new Map();
    for (const item of items) {
      const key = keyOf(item);
      const drawn = shown.get(key) ?? draw(item);
      drawn.update(item);
      next.set(key, drawn);
    }
    for (const [key, { root }] of shown) if (!next.has(key)) root.remove();
    let place = parent.firstElementChild;
    for (const { root } of next.values()) {
      if (root === place) place = place.nextElementSibling;
      else parent.insertBefore(root, place);
    }
    shown = next;
  };
}

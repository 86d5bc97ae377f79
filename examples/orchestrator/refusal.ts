/** What was asked for can't be had now: an answer for whoever asked, and no fault of the fleet. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

import { bytesText, countText, timeText } from "../output/amounts.js";
import type { Pace } from "./pace.js";
import type { ProgressStep } from "./progress.js";

/** "45 %": 100 only when all is done. */
export function percentText({ done, total }: ProgressStep): string {
  const percent = total <= 0 ? 100 : Math.floor((Math.min(done, total) / total) * 100);
  return `${percent} %`;
}

/** "12.0 MB of 40.0 MB, 3.1 MB/s, 9 s left". */
export function amountText(step: ProgressStep, pace: Pace): string {
  const { done, total, unit } = step;
  const amount = (value: number) =>
    unit === "bytes" ? bytesText(value) : value.toLocaleString("en");
  const whole = unit === "bytes" ? bytesText(total) : countText(total, "path");
  const parts = [`${amount(done)} of ${whole}`];
  const speed = pace.of(step);
  if (speed !== undefined && done < total) {
    parts.push(`${amount(Math.round(speed.perSecond))}/s`, `${timeText(speed.leftMs)} left`);
  }
  return parts.join(", ");
}

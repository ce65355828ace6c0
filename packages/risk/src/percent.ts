/** A fraction in words: 0.0231 is `2.31 %`. */
export function percent(fraction: number): string {
  return `${Math.round(fraction * 1e6) / 1e4} %`;
}

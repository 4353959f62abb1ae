/** `9:30` */
export function clock(time: string): string {
  return time.slice(0, 5).replace(/^0/, "");
}

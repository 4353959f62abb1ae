/** Gives a file to the browser's downloads under this name. */
export function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser has the file when the click is over; a moment more for older ones.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

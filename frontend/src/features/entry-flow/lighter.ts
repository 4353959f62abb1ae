const LARGE_PIXELS = 12_000_000;
const QUALITY = 0.9;

/** Whether bytes cost money or patience here: mobile data, or the wish for few of them. */
export function onMobileData(): boolean {
  const { connection } = navigator as Navigator & { connection?: { type?: string; saveData?: boolean } };
  return connection?.type === "cellular" || connection?.saveData === true;
}

/** The size within 12 million pixels, in the same shape. */
export function within(width: number, height: number): { width: number; height: number } {
  const scale = Math.min(1, Math.sqrt(LARGE_PIXELS / (width * height)));
  return { width: Math.floor(width * scale), height: Math.floor(height * scale) };
}

/** A photo of at most 12 million pixels; the photo itself where it is that, or where the browser cannot read it. */
export async function lighter(photo: File): Promise<File> {
  try {
    const whole = await createImageBitmap(photo);
    const { width, height } = within(whole.width, whole.height);
    if (width === whole.width) return photo;
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")?.drawImage(whole, 0, 0, width, height);
    whole.close();
    const made = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
    if (made.size >= photo.size) return photo;
    return new File([made], photo.name.replace(/\.[^.]+$/, ".jpg"), { type: made.type });
  } catch {
    return photo;
  }
}

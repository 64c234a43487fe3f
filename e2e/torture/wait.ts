export const pause = (milliseconds: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** Waits until `holds`. @throws Error with what `describe` says when it does not within `patience` milliseconds */
export async function until(holds: () => boolean, patience: number, describe: () => string): Promise<void> {
  for (const end = Date.now() + patience; !holds();) {
    if (Date.now() > end) throw new Error(describe())
    await pause(10)
  }
}

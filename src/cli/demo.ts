/** Placeholder until the demo is written. */
export async function demo(): Promise<void> {}

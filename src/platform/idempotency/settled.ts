/**
 * Does now what must not wait, and tells of its failure later: what a request prepares may be impossible to do twice,
 * such as to open something with a key that burns. A repeated request must find its stored answer first.
 */
export async function settled<T>(work: () => Promise<T>): Promise<() => T> {
  try {
    const result = await work();
    return () => result;
  } catch (error) {
    return () => {
      throw error;
    };
  }
}

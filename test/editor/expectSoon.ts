/** Tries until nothing is thrown any more: what an editor shows follows what is typed, at its own pace. */
export async function expectSoon(attempt: () => Promise<void>, patience = 15_000): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

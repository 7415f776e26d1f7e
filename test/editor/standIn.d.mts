/** What tests written in TypeScript see of standIn.mjs. */
export function withStandIn(): Promise<{
  readonly others: readonly string[];
  readonly settings: Readonly<Record<string, unknown>>;
}>;
export function standInSettings(models: readonly string[], answer: string, more?: object): string;

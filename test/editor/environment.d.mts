/** What tests written in TypeScript see of environment.mjs. */
export function withEditor<T>(
  use: (env: { readonly HUASHU_EDITOR: string; readonly HUASHU_BROWSER: string }) => Promise<T>,
  options?: {
    readonly restricted?: boolean;
    readonly others?: readonly string[];
    readonly settings?: Readonly<Record<string, unknown>>;
  },
): Promise<T>;

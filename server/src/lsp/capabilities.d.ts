/** What all features together promise a client, put together from their list when the product is built. */
declare module 'huashu:capabilities' {
  export const capabilities: import('vscode-languageserver').ServerCapabilities;
}

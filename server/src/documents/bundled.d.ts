/** The readers of documents, in a bundle of their own: the libraries behind them are loaded when the first document is imported. */
declare module 'huashu:documents' {
  export const openDocument: typeof import('./documents.ts').openDocument;
}

/** The packs of server/packs, checked and turned into data when the product is built. */
declare module 'huashu:packs' {
  export const bundledPacks: readonly import('./pack.ts').Pack[];
}

/** Characters that stand in nearly every sentence. */
export const commonest: ReadonlySet<number> = new Set(
  Array.from('你您我他她们的了是不就会要有在一个这那到去来给让说人也都还没把好看家里上下', (char) =>
    char.charCodeAt(0),
  ),
);

import type { DocumentLink, DocumentLinkParams } from 'vscode-languageserver-protocol';
import { inLanguage } from '../base/text.ts';
import { folderOf, isPackFile, packUri } from '../model/config.ts';
import { toRange } from './convert.ts';
import type { Feature } from './feature.ts';
import { expectations } from './names.ts';

/** From `公共/告知渠道` to the file, and from a rule pack that the front matter names by its file to that. */
export const documentLinks: Feature<DocumentLinkParams, DocumentLink[]> = {
  method: 'textDocument/documentLink',
  capability: { documentLinkProvider: {} },
  run({ snapshot, language }, { textDocument }) {
    const script = snapshot.script(textDocument.uri);
    if (!script) return [];
    const tooltip = inLanguage({ zh: '打开文件', en: 'Open the file' }, language);
    const files = [...script.targets, ...expectations(script, snapshot)].flatMap((reference): DocumentLink[] => {
      const { file, span } = reference;
      // A node that an expectation calls by its name alone brings the file from elsewhere.
      if (!file || file.start !== span.start) return [];
      const resolution = snapshot.resolve(script, reference);
      return resolution.kind === 'node' || resolution.kind === 'unknown-node'
        ? [{ range: toRange(script, file), target: resolution.script.uri, tooltip }]
        : [];
    });
    const packs = (script.tree.frontMatter.packs?.value ?? []).flatMap((name): DocumentLink[] => {
      const target = packUri(name.value, folderOf(script.uri));
      return isPackFile(name.value) && /\.ya?ml$/i.test(target)
        ? [{ range: toRange(script, name), target, tooltip }]
        : [];
    });
    return [...packs, ...files];
  },
};

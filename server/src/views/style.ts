/** How drawings look. Their colours have names, which a view fills in from the theme of the editor. */
export const style = `.node text { fill: var(--map-text); }
.node .card, .node .under, .fold rect { fill: var(--map-card); stroke: var(--map-border); stroke-width: 1.2; }
.node .rule { stroke: var(--map-border); stroke-width: 1; opacity: 0.5; }
.node .name, .badge .count { font-weight: 600; }
.node .step { fill: var(--map-step); }
.node .known, .node .to, .node .end, .node .unreached { fill: var(--map-quiet); }
.node .begin { fill: var(--map-accent); }
.node .clock { fill: none; stroke: var(--map-accent); stroke-width: 1.5; stroke-linecap: round; }
.mark { fill: var(--map-quiet); }
.mark.third-party { fill: var(--map-third-party); }
.mark.refusal { fill: none; stroke: var(--map-refusal); stroke-width: 2; stroke-linecap: round; }
.mark.none { fill: none; stroke: var(--map-quiet); stroke-width: 1.5; stroke-linecap: round; stroke-linejoin: round; }
.port { fill: var(--map-card); stroke: var(--map-line); stroke-width: 1.4; }
.badge.error { fill: var(--map-error); }
.badge.warning { fill: var(--map-warning); }
.badge.info, .badge.hint { fill: var(--map-info); }
.line .way { fill: none; stroke: var(--map-line); stroke-width: 1.4; }
.line .head { fill: var(--map-line); }
.line.third-party .way { stroke: var(--map-third-party); stroke-width: 1.8; stroke-dasharray: 7 4; }
.line.third-party .head { fill: var(--map-third-party); }
.line.refusal .way { stroke: var(--map-refusal); stroke-width: 2; stroke-dasharray: 2 4; stroke-linecap: round; }
.line.refusal .head { fill: var(--map-refusal); }
.node.third-party .card { stroke: var(--map-third-party); stroke-width: 1.8; stroke-dasharray: 7 4; }
.node.refusal .card { stroke: var(--map-refusal); stroke-width: 2; stroke-dasharray: 2 4; stroke-linecap: round; }
.line.far { display: none; }
.node.lost .card { stroke-dasharray: 1 3; }
.node.lost > .faded, .line.lost { opacity: 0.45; }
.afar { display: none; }
`;

/** The colours of a drawing that is a file of its own. */
const paper: { readonly [name: string]: string } = {
  text: '#1f2328',
  quiet: '#57606a',
  card: '#ffffff',
  border: '#8c959f',
  line: '#57606a',
  accent: '#0b6e4f',
  step: '#0b5c8a',
  'third-party': '#7b3fb5',
  refusal: '#b35309',
  error: '#c62828',
  warning: '#9a6700',
  info: '#0969da',
};

/** The same with colours in place of their names, for programs that read SVG and know no variables. */
export const paperStyle = style.replace(/var\(--map-([\w-]+)\)/g, (_, name: string) => paper[name] ?? 'black');

export const fonts = `system-ui, -apple-system, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif`;

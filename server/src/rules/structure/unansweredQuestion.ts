import { shift } from '../../base/span.ts';
import type { Point } from '../../flow/graph.ts';
import { isOneWay } from '../../flow/openings.ts';
import { type Paths, pathsOf } from '../../flow/paths.ts';
import type { Line, Utterance } from '../../syntax/line.ts';
import { isLine, type Placed, type ScriptNode } from '../../syntax/tree.ts';
import type { StructureRule } from './rule.ts';
import { nodeName } from './way.ts';

/** The agent asks something, and the conversation goes on without an answer. */
export const unansweredQuestion: StructureRule = {
  id: 'unanswered-question',
  severity: 'warning',
  title: { zh: '问了客户，却不等回答', en: 'Question that nobody waits for' },
  why: {
    zh: '问完不等回答就往下说，客户的话没有人听；写着“核对”“确认”的，其实什么也没有核对。一节只在它的回应之前等一次。',
    en: 'Where the script goes on at once nobody listens to the answer, and what looks like a check checks nothing. A node waits once, before its replies.',
  },
  examples: {
    bad: [
      '【核对】\n坐席：请问是王先生吗？\n客户（是本人）：是我\n坐席：⟦请您说一下证件的后四位，可以吗？⟧\n→ 说明\n客户（其他） → 结束\n\n【说明】\n坐席：好的，再见。\n结束：完成',
      '【核对】\n坐席：请问是王先生吗？\n客户（是本人）：是我\n坐席：⟦为了保护您的信息，麻烦您把证件后四位报一下。⟧\n→ 说明\n客户（其他） → 结束\n\n【说明】\n坐席：好的，再见。\n结束：完成',
      '【核对】\n坐席：⟦您看今天方便吗？⟧\n\n【道别】\n坐席：好的，再见。\n结束：完成',
    ],
    good: [
      '【核对】\n坐席：请问是王先生吗？\n客户（是本人）：是我 → 说明\n客户（其他） → 结束\n\n【说明】\n坐席：好的，再见。\n结束：完成',
      '【核对】\n坐席：方便说说吗？\n坐席：不想说也没关系。\n客户（其他） → 结束',
      '【甲】\n坐席：您好。\n客户（是本人）\n坐席：您看今天方便吗？\n→ 乙\n客户（其他） → 结束\n\n【乙】\n客户（愿意还款） → 结束\n客户（其他） → 结束',
      '【甲】\n坐席：您现在不方便的话，请直接告诉我。\n→ 乙\n\n【乙】\n坐席：有听不清的地方，请告诉我。\n客户（其他） → 结束',
      '【甲】\n坐席：不要紧，没什么。\n→ 乙\n\n【乙】\n坐席：时间还早着呢。\n→ 丙\n\n【丙】\n客户（其他） → 结束',
      '【转告】\n坐席：麻烦您跟他说一下，请他回电，再见。\n结束：已转告',
      '【甲】\n坐席：您看今天方便吗？\n客户：方便。\n坐席：好的，再见。\n结束：完成',
    ],
  },
  *inNodes(nodes, { script, snapshot }) {
    if (isOneWay(script)) return;
    let paths: Paths | undefined;
    for (const node of nodes) {
      for (const asked of lastQuestionsOf(node)) {
        paths ??= pathsOf(script, snapshot);
        const next = goesOn(
          paths.graph.pointsAt(asked).filter((point) => paths?.isReached(point)),
          paths,
        );
        if (!next) continue;
        const onward = next.visit.node === node ? undefined : nodeName(next.visit.node);
        yield {
          ...shift(asked.line.speech, asked.start),
          message: {
            zh: `这句话在问客户，可是不等回答就${onward ? `走到了${onward.zh}` : '往下走了'}。请在这里写上客户的回应；这一节已经等过一次的，请另起一节来问。`,
            en: `This asks the customer, and the conversation ${onward ? `comes to ${onward.en}` : 'goes on'} without an answer. Write down the replies; where the node has waited already, ask in a node of its own.`,
          },
        };
      }
    }
  },
};

/** Whether something that is said ends with what wants an answer. */
function isQuestion({ text }: { readonly text: string }): boolean {
  const last = lastSentenceOf(text.trimEnd());
  if (questions.some((pattern) => pattern.test(last))) return true;
  return requests.some((pattern) => pattern.test(last)) && !ifNeedBe.test(last);
}

/** From the mark that ends the sentence before it, however long it is. */
function lastSentenceOf(text: string): string {
  let from = text.length - 1;
  while (from > 0 && !sentenceEnds.includes(text.charAt(from - 1))) from--;
  return text.slice(Math.max(from, 0));
}

const sentenceEnds = '。.!！；;';

/** A question, also one without its mark. */
const questions: readonly RegExp[] = [/[?？][”"’』」）)\s]*$/, /(?:吗|(?<![着在])呢|(?<!没什|这|那)么)[。.]?\s*$/];

/** To say something here and now; to tell somebody else is nothing that is answered here. */
const requests: readonly RegExp[] = [
  /(?:请|麻烦)[您你]?(?:把.{1,14}|再|先|简单|大概|直接|完整)?(?:[说报念讲](?:一下|一遍|下)|告诉我)/,
  /\bplease (?:tell me|say|state|repeat|give me)\b/i,
];

/** Who is asked to speak only if there is a reason to need not say anything. */
const ifNeedBe =
  /如果|要是|假如|倘若|若[是您有]|的话|随时|[您你]?(?:有|还有|需要|不方便|不清楚|不明白|没听清).{0,14}[，,].{0,4}(?:请|麻烦)|\b(?:if|whenever|any ?time|in case|should you)\b/i;

/** What the agent asks at the end of a reply, or of a node without replies. */
function lastQuestionsOf({ lead, branches }: ScriptNode): Placed<Utterance>[] {
  const parts = branches.length === 0 ? [lead] : branches.map(({ body }) => body);
  return parts.flatMap((lines) => {
    const last = lines.findLast(({ line }) => said.has(line.kind));
    return last && isLine(last, 'utterance') && last.line.speaker === 'agent' && isQuestion(last.line.speech)
      ? [last]
      : [];
  });
}

/** Behind an insertion others have spoken. */
const said: ReadonlySet<Line['kind']> = new Set(['utterance', 'insertion']);

/** Where the conversation goes on, the node that it comes to next if it leaves this one; nothing where a path waits for an answer first. */
function goesOn(from: readonly number[], { graph }: Paths): Point | undefined {
  const points = from.map(graph.point);
  const seen = new Set(points.flatMap(({ edges }) => edges.map(({ to }) => to)));
  let goes = false;
  for (const point of seen) {
    const { kind, placed } = point;
    // Whoever has inserted the node, or is asked again, waits perhaps.
    if (kind === 'wait' || kind === 'leave' || kind === 'spent') return undefined;
    if (kind === 'line' && placed && isLine(placed, 'utterance') && placed.line.speech.text !== '') {
      if (placed.line.speaker !== 'agent') return undefined;
      goes = true;
      continue;
    }
    // A person takes over, or nothing follows yet.
    if (point.ending === 'transfer' || point.ending === 'ran-out') return undefined;
    goes ||= kind === 'end';
    for (const { to } of point.edges) seen.add(to);
  }
  const reached = [...seen];
  return goes ? (reached.find(({ visit }) => visit.node !== points[0]?.visit.node) ?? reached[0]) : undefined;
}

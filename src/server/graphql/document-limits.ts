import {
  type ASTVisitor,
  type DirectiveNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  Lexer,
  type NameNode,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
  Source,
  specifiedRules,
  TokenKind,
  type ValidationContext,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Limits } from '../limits.ts';
import { type RefusalCode, refusal } from '../refusal/refusal.ts';
import type { Discretion } from './discretion.ts';

/** What a piece of a document holds when all its fragments are written out. */
interface Weight {
  readonly aliases: number;
  readonly directives: number;
}

/**
 * Parses what is small enough to be parsed: at most `tokens` tokens, nested at most `brackets` deep, both counted
 * before, because the parser and the rules after it recurse (F109: a deep document would overflow the stack).
 * @throws GraphQLError QUERY_TOO_COMPLEX, or the syntax error
 */
export function createParse(
  limits: Pick<Limits, 'tokens' | 'brackets'>,
  discretion?: Pick<Discretion, 'ofSyntax'>,
): typeof parse {
  const count = (source: string | Source) => {
    const lexer = new Lexer(typeof source === 'string' ? new Source(source) : source);
    let depth = 0;
    for (let tokens = 0; lexer.advance().kind !== TokenKind.EOF; tokens += 1) {
      if (tokens >= limits.tokens)
        throw tooMuch(`The document has more than ${limits.tokens} tokens.`, {
          limit: 'tokens',
          allowed: limits.tokens,
        });
      depth += nesting[lexer.token.kind] ?? 0;
      if (depth > limits.brackets)
        throw tooMuch(`The document is nested more than ${limits.brackets} brackets deep.`, {
          limit: 'brackets',
          allowed: limits.brackets,
        });
    }
  };
  return (source, options) => {
    try {
      count(source);
      return parse(source, options);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      error.extensions['code'] ??= 'GRAPHQL_PARSE_FAILED' satisfies RefusalCode;
      throw discretion?.ofSyntax(typeof source === 'string' ? source : source.body, error) ?? error;
    }
  };
}

const nesting: Readonly<Record<string, number>> = {
  [TokenKind.BRACE_L]: 1,
  [TokenKind.BRACKET_L]: 1,
  [TokenKind.PAREN_L]: 1,
  [TokenKind.BRACE_R]: -1,
  [TokenKind.BRACKET_R]: -1,
  [TokenKind.PAREN_R]: -1,
};

/**
 * Refuses documents with too many aliases or directives. Fragments count wherever they are used, each worked out once,
 * so that a bomb of fragments costs nothing (F111); a cycle counts once and is left to the rule that names it.
 */
export function createWeightRule(limits: Pick<Limits, 'aliases' | 'directives'>): ValidationRule {
  return function WeightRule(context: ValidationContext): ASTVisitor {
    const fragments = new Map<string, Weight | undefined>();

    const weightOfFragment = (name: string): Weight => {
      if (fragments.has(name)) return fragments.get(name) ?? nothing;
      fragments.set(name, undefined);
      const fragment = context.getFragment(name);
      const weight = fragment ? weightOf(fragment) : nothing;
      fragments.set(name, weight);
      return weight;
    };

    const weightOf = (node: OperationDefinitionNode | FragmentDefinitionNode): Weight =>
      sum([{ aliases: 0, directives: node.directives?.length ?? 0 }, weightOfSelections(node.selectionSet)]);

    const weightOfSelections = (set: SelectionSetNode | undefined): Weight =>
      sum(
        set?.selections.map((selection) => {
          const own = {
            aliases: selection.kind === Kind.FIELD && selection.alias ? 1 : 0,
            directives: selection.directives?.length ?? 0,
          };
          const inner =
            selection.kind === Kind.FRAGMENT_SPREAD
              ? weightOfFragment(selection.name.value)
              : weightOfSelections(selection.selectionSet);
          return sum([own, inner]);
        }) ?? [],
      );

    const check = (node: OperationDefinitionNode | FragmentDefinitionNode) => {
      const weight = node.kind === Kind.FRAGMENT_DEFINITION ? weightOfFragment(node.name.value) : weightOf(node);
      for (const what of ['aliases', 'directives'] as const) {
        if (weight[what] > limits[what])
          context.reportError(
            tooMuch(`The document has ${weight[what]} ${what}; at most ${limits[what]} are allowed.`, {
              limit: what,
              allowed: limits[what],
              asked: weight[what],
            }),
          );
      }
      return false;
    };
    return { OperationDefinition: check, FragmentDefinition: check };
  };
}

/**
 * What JavaScript gives a meaning of its own: an answer with such a name would be taken for a promise, or for no plain
 * object.
 */
const meaningful = new Set([
  'then',
  'toJSON',
  '__proto__',
  ...Object.getOwnPropertyNames(Object.prototype).filter((name) => name !== '__proto__'),
]);

/**
 * Refuses aliases, operation names, fragment names and variables that would change what the answer is to the machine
 * that makes or reads it.
 */
function NamesRule(context: ValidationContext): ASTVisitor {
  const check = (what: string, name: NameNode | undefined) => {
    if (!name || !meaningful.has(name.value)) return;
    const message = `\`${name.value}\` cannot be ${what}. Choose another name.`;
    context.reportError(
      new GraphQLError(message, {
        nodes: name,
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' satisfies RefusalCode },
      }),
    );
  };
  return {
    Field: ({ alias }) => check('an alias', alias),
    OperationDefinition: ({ name }) => check('the name of an operation', name),
    FragmentDefinition: ({ name }) => check('the name of a fragment', name),
    VariableDefinition: ({ variable }) => check('a variable', variable.name),
  };
}

/**
 * A subscription's root field always is: with `@skip` or `@include` there may be none, and nothing to follow (GraphQL,
 * "Single Root Field", which forbids them there).
 */
function SubscriptionRootRule(context: ValidationContext): ASTVisitor {
  const conditional = ({ selections }: SelectionSetNode, seen: ReadonlySet<string>): DirectiveNode | undefined => {
    for (const selection of selections) {
      const found = selection.directives?.find(({ name }) => name.value === 'skip' || name.value === 'include');
      if (found) return found;
      if (selection.kind === Kind.FIELD) continue;
      const name = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : undefined;
      if (name !== undefined && seen.has(name)) continue;
      const set = selection.kind === Kind.INLINE_FRAGMENT ? selection : context.getFragment(selection.name.value);
      const inner = set && conditional(set.selectionSet, name === undefined ? seen : new Set([...seen, name]));
      if (inner) return inner;
    }
    return undefined;
  };
  return {
    OperationDefinition: ({ operation, selectionSet }) => {
      const directive = operation === 'subscription' ? conditional(selectionSet, new Set()) : undefined;
      if (!directive) return;
      const message =
        `The root field of a subscription cannot be conditional. Leave \`@${directive.name.value}\` out, or ` +
        'subscribe only when it is wanted.';
      context.reportError(
        new GraphQLError(message, {
          nodes: directive,
          extensions: { code: 'GRAPHQL_VALIDATION_FAILED' satisfies RefusalCode },
        }),
      );
    },
  };
}

const nothing: Weight = { aliases: 0, directives: 0 };

function sum(weights: readonly Weight[]): Weight {
  return weights.reduce(
    (total, { aliases, directives }) => ({
      aliases: total.aliases + aliases,
      directives: total.directives + directives,
    }),
    nothing,
  );
}

/** What of an operation was counted; `asked` is missing where counting stopped at the limit. */
export interface Excess {
  readonly limit: keyof Limits;
  readonly allowed: number;
  readonly asked?: number;
}

/** The refusal of an operation that asks for too much at once, with its numbers in `extensions`. */
export function tooMuch(message: string, excess: Excess) {
  return refusal('QUERY_TOO_COMPLEX', `${message} Ask for less, or in several requests.`, {
    extensions: { ...excess },
  });
}

/**
 * Validation as this server does it: the limits first and alone, because the rules of the specification may be slow
 * over what the limits refuse; then those rules, telling at most `validationErrors` errors.
 */
export function createValidate(
  limits: Pick<Limits, 'aliases' | 'directives' | 'validationErrors'>,
  options: { readonly introspection: boolean; readonly discretion?: Pick<Discretion, 'ofDocument'> },
): typeof validate {
  const first = [createWeightRule(limits), NamesRule, SubscriptionRootRule];
  const rules = options.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return (schema, document) => {
    const refusals = validate(schema, document, first, { maxErrors: 1 });
    if (refusals.length > 0) return refusals.slice(0, 1);
    // graphql-js adds one more that says there would be more.
    const errors = validate(schema, document, rules, { maxErrors: limits.validationErrors - 1 });
    return options.discretion?.ofDocument(document, errors) ?? errors;
  };
}

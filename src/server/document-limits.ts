import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  type SelectionSetNode,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Limits } from './limits.ts';
import { refusal } from './refusal.ts';

/** What a piece of a document holds when all its fragments are written out. */
interface Weight {
  readonly aliases: number;
  readonly directives: number;
}

/**
 * Refuses documents with too many aliases or directives. Fragments count wherever they are used, each worked out once, so that a bomb of fragments
 * costs nothing (F111); a cycle counts once and is left to the rule that names it.
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
            tooMuch(`The document has ${weight[what]} ${what}; at most ${limits[what]} are allowed.`),
          );
      }
      return false;
    };
    return { OperationDefinition: check, FragmentDefinition: check };
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

/** The refusal of an operation that asks for too much at once. HTTP 400, whatever the client accepts. */
export function tooMuch(message: string) {
  return refusal('QUERY_TOO_COMPLEX', `${message} Ask for less, or in several requests.`, { status: 400 });
}

/**
 * Validation as this server does it: the limits first and alone, because the rules of the specification may be slow over what the limits refuse;
 * then those rules, telling at most `validationErrors` errors.
 */
export function createValidate(limits: Limits, options: { readonly introspection: boolean }): typeof validate {
  const first = [createWeightRule(limits)];
  const rules = options.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return (schema, document) => {
    const refusals = validate(schema, document, first, { maxErrors: 1 });
    if (refusals.length > 0) return refusals.slice(0, 1);
    // graphql-js adds one more that says there would be more.
    return validate(schema, document, rules, { maxErrors: limits.validationErrors - 1 });
  };
}

import { type CustomFieldOption } from '../../entities/custom-field-option.js';

// A text alone does not always say which options it stands for (`a\` and `b` are joined like `a, b`); the options do.

/**
 * The options that are joined in the text of a checkbox or multi-select, each once, or null where it is not made of them.
 */
export function textsIn(text: string, options: readonly CustomFieldOption[]): string[] | null {
  for (const option of options) {
    const { optionValue } = option;
    const written = optionValue.replaceAll(',', '\\,');
    if (text === written) return [optionValue];
    if (!text.startsWith(`${written}, `)) continue;
    const left = options.filter((each) => each !== option);
    const others = textsIn(text.slice(written.length + 2), left);
    if (others !== null) return [optionValue, ...others];
  }
  return null;
}

/** The path in the text of a linked select, or null where there is no such path. */
export function pathIn(text: string, options: readonly CustomFieldOption[]): string[] | null {
  const paths = options.map(({ optionValue, parentCustomFieldOptionId: parentId }) => {
    const parent = options.find(({ id }) => id === parentId);
    return parent === undefined ? [optionValue] : [parent.optionValue, optionValue];
  });
  return (
    paths.find((path) => path.join(' &gt; ') === text) ??
    paths.find((path) => path.join(' > ') === text) ??
    null
  );
}

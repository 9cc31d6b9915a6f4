// Control characters except the three that XML 1.0 allows (Cc also holds the C1 controls, which stay).
const CONTROLS = /[^\P{Cc}\t\n\r\u0080-\u009f]/gu;

const OTHER_CHARACTERS = /[^\P{C}\t\n\r]/gu;

/** Removes the control characters that never appear in element text (3.2). */
export function withoutControls(text: string): string {
  return text.replace(CONTROLS, '');
}

/** Removes every Unicode "Other" character but tab, LF and CR, as the TicketPost resource does (3.2). */
export function withoutOtherCharacters(text: string): string {
  return text.replace(OTHER_CHARACTERS, '');
}

/** The four escapes of attribute values; an apostrophe stays as it is (3.1). */
export function escapeMarkup(text: string): string {
  return /[&<>"]/.test(text)
    ? text
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
    : text;
}

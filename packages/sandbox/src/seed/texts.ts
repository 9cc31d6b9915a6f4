import { type Random } from '../store/random.js';

export const SUBJECTS: readonly string[] = [
  'Cannot log in since yesterday',
  'Invoice shows the wrong address',
  'How do I export my data?',
  'Crash when opening <settings> & printing',
  'Änderung der Kontaktdaten',
  'Déménagement : nouvelle adresse',
  'Feature request: dark mode',
  '返品について',
  'Order arrived damaged 😞',
  'Password reset e-mail never arrives',
];

const SENTENCES: readonly string[] = [
  'Thank you for getting in touch.',
  'The page says "Access denied" & nothing else.',
  'It worked last week on the same machine.',
  'I have attached what I could find.',
  'Könnten Sie das bitte prüfen?',
  'Merci d’avance pour votre aide.',
  'We have released a patch; please update to 4.2.',
  'The log ends with if (a[b[0]]>1) { … }.',
  'Could you tell us which browser you use?',
  'よろしくお願いします。',
  'That did it, thanks! 🎉',
  'The amount should be 19,90 €, not 1990.',
];

export const TAGS: readonly string[] = ['vip', 'refund', 'bug', 'mobile', 'español', 'urgent'];

export const WORKFLOWS: readonly { readonly id: number; readonly title: string }[] = [
  { id: 1, title: 'Close & Thank' },
  { id: 2, title: 'Escalate' },
];

/** One to six sentences, some of them on a new line. */
export function textOf(random: Random): string {
  let text = random.pick(SENTENCES);
  for (let more = random.between(0, 5); more > 0; more -= 1) {
    text += `${random.oneIn(3) ? '\n' : ' '}${random.pick(SENTENCES)}`;
  }
  return text;
}

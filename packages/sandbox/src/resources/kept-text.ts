import { type Call } from './call.js';
import { demand } from './refusal.js';

/** A required text that PUT keeps when it is absent. @throws {Refusal} 400 if it was sent blank */
export function keptText(call: Call, name: string, present: string, blank: string): string {
  if (!call.fields.isPresent(name)) return present;
  const text = call.fields.filled(name);
  demand(text !== undefined, blank);
  return text;
}

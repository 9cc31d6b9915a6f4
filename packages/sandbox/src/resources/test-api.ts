import { FormMap, type FormValue } from '../http/form-map.js';
import { type Reply, textReply } from '../http/reply.js';
import { type Call, type Controller } from './call.js';

/** /Core/TestAPI and its old name /Core/Test: they print the request (10). */
export const testApi: Controller = {
  app: 'Core',
  names: ['TestAPI', 'Test'],
  list: (call) => echo(call, 'GET List', [''], true),
  get: (call) => echo(call, `GET: ${call.args.text(0)}`, call.args.all, true),
  create: (call) => echo(call, 'POST', call.args.all, true),
  update: (call) => echo(call, `PUT: ${call.args.text(0)}`, orEmpty(call.args.all), true),
  delete: (call) => echo(call, `DELETE: ${call.args.text(0)}`, orEmpty(call.args.all), false),
};

/** A missing id arrives as one empty argument. */
function orEmpty(args: readonly string[]): readonly string[] {
  return args.length === 0 ? [''] : args;
}

function echo(call: Call, title: string, args: readonly string[], withVariables: boolean): Reply {
  const list = new FormMap();
  args.forEach((value, index) => list.set(String(index), value));
  const variables = withVariables ? `\nVARS: ${printArray(call.fields.form, '')}` : '';
  return textReply(200, `${title}\n\nARGS: ${printArray(list, '')}${variables}`);
}

/** PHP's `print_r` of an array. */
function printArray(values: FormMap, indent: string): string {
  const members = [...values].map(
    ([key, value]) => `${indent}    [${key}] => ${printValue(value, `${indent}        `)}\n`,
  );
  return `Array\n${indent}(\n${members.join('')}${indent})\n`;
}

function printValue(value: FormValue, indent: string): string {
  return typeof value === 'string' ? value : printArray(value, indent);
}

export {
  type CustomFieldChoice,
  type CustomFieldGroupOptions,
  type CustomFieldOptions,
} from './custom-field-options.js';
export { type ParameterValue, type ReceivedRequest } from './http/request-log.js';
export { type SandboxOptions } from './options.js';
export { type Sandbox, startSandbox } from './sandbox.js';

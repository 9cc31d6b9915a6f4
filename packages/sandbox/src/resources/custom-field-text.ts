import { type CustomFieldValue, FIELD_TYPE } from '../store/custom-field-rows.js';
import { type Store } from '../store/store.js';
import { type Text } from '../xml/node.js';

/** What is read of a value: option texts rather than ids, a file's bytes, and text as it is (6.6). */
export function toFieldText(store: Store, fieldId: number, value: CustomFieldValue): Text {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'file':
      return value.contents;
    case 'options': {
      const texts = value.optionIds.map((id) => store.fieldOptions.get(id)?.value ?? '');
      switch (store.fields.get(fieldId)?.fieldType) {
        case FIELD_TYPE.checkbox:
        case FIELD_TYPE.multiSelect:
          return texts.map((text) => text.replaceAll(',', '\\,')).join(', ');
        case FIELD_TYPE.linkedSelect:
          // The escape of the sign is part of the text here, and stays as it is inside CDATA.
          return texts.join(' &gt; ');
        case undefined:
        default:
          return texts[0] ?? '';
      }
    }
  }
}

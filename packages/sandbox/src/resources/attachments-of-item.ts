import { type AttachmentOwner, type ItemAttachment } from '../store/file-rows.js';
import { escapeMarkup } from '../xml/characters.js';
import { container, leaf, type XmlNode } from '../xml/node.js';

const UNITS = ['KB', 'MB', 'GB'] as const;

/** `hasattachments` and the short `<attachments>` inside an article or a step, empty unless the flag is set (8.1). */
export function attachmentsOfItem(
  owner: AttachmentOwner,
  files: readonly ItemAttachment[],
  linkToXml: (file: ItemAttachment) => XmlNode,
): XmlNode[] {
  const shown = owner.hasAttachments ? files : [];
  return [
    leaf('hasattachments', owner.hasAttachments),
    container(
      'attachments',
      shown.map((file) =>
        container('attachment', [
          leaf('id', file.id),
          // Escaped here, and once more where the form of the document does that.
          leaf('filename', escapeMarkup(file.fileName)),
          leaf('filesize', formattedSize(file.contents.length)),
          linkToXml(file),
        ]),
      ),
    ),
  ];
}

/** A size for people, such as `88.42 KB`. */
function formattedSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(2)} ${UNITS[unit] ?? ''}`;
}

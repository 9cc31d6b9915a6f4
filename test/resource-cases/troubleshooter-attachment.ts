import { TroubleshooterAttachment } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

const live = `<?xml version="1.0" encoding="UTF-8"?>
<troubleshooterattachments>
<troubleshooterattachment>
<id><![CDATA[31]]></id>
<troubleshooterstepid><![CDATA[9]]></troubleshooterstepid>
<filename><![CDATA[foo.diff]]></filename>
<filesize><![CDATA[9]]></filesize>
<filetype><![CDATA[text/x-diff]]></filetype>
<dateline><![CDATA[1335793205]]></dateline>
<contents><![CDATA[LS0tIGEKKysr]]></contents>
</troubleshooterattachment>
</troubleshooterattachments>`;

export default resourceCase(TroubleshooterAttachment, {
  schema: {
    where: { troubleshooterStepId: 9 },
    live,
    docs: live.replace(/<!\[CDATA\[(.*?)\]\]>/g, '$1'),
    expected: {
      id: 31,
      troubleshooterStepId: 9,
      fileName: 'foo.diff',
      fileSize: 9,
      fileType: 'text/x-diff',
      dateline: '2012-04-30T13:40:05.000Z',
      contents: 'LS0tIGEKKysr',
    },
  },
  actions: {
    unseen: { add: { fileType: 'the server derives it from the name' } },
    make: async (kayako) => {
      const step = await (await samples.troubleshooterStep(kayako)).add();
      const attachment = step.attachments.create({ fileName: 'foo.diff' });
      attachment.setContents(Buffer.from([0, 255, 1, 254]));
      return attachment;
    },
    where: ({ troubleshooterStepId }) => ({ troubleshooterStepId }),
    ids: ({ troubleshooterStepId, id }) => [troubleshooterStepId, id],
  },
});

import { KnowledgebaseAttachment } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(KnowledgebaseAttachment, {
  schema: {
    where: { kbArticleId: 5 },
    live: `<?xml version="1.0" encoding="UTF-8"?>
<kbattachments>
<kbattachment>
<id><![CDATA[31]]></id>
<kbarticleid><![CDATA[5]]></kbarticleid>
<filename><![CDATA[guide.txt]]></filename>
<filesize><![CDATA[9]]></filesize>
<filetype><![CDATA[text/plain]]></filetype>
<dateline><![CDATA[1335793205]]></dateline>
<contents><![CDATA[LS0tIGEKKysr]]></contents>
</kbattachment>
</kbattachments>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<kbattachments>
    <kbattachment>
        <id>31</id>
        <kbarticleid>5</kbarticleid>
        <filename>guide.txt</filename>
        <filesize>9</filesize>
        <filetype>text/plain</filetype>
        <dateline>1335793205</dateline>
        <contents>LS0tIGEKKysr</contents>
    </kbattachment>
</kbattachments>`,
    expected: {
      id: 31,
      kbArticleId: 5,
      fileName: 'guide.txt',
      fileSize: 9,
      fileType: 'text/plain',
      dateline: '2012-04-30T13:40:05.000Z',
      contents: 'LS0tIGEKKysr',
    },
  },
  actions: {
    unseen: { add: { fileType: 'the server derives it from the name' } },
    make: async (kayako) => {
      const article = await samples.knowledgebaseArticle(kayako).add();
      const attachment = article.attachments.create({ fileName: 'guide.txt' });
      attachment.setContents(Buffer.from([0, 255, 1, 254]));
      return attachment;
    },
    where: ({ kbArticleId }) => ({ kbArticleId }),
    ids: ({ kbArticleId, id }) => [kbArticleId, id],
  },
});

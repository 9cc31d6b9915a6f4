import { KnowledgebaseArticle } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(KnowledgebaseArticle, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<kbarticles>
<kbarticle>
<kbarticleid><![CDATA[5]]></kbarticleid>
<contents><![CDATA[<p>Click &amp; wait.</p>]]></contents>
<contentstext><![CDATA[Click & wait.]]></contentstext>
<categories>
<categoryid><![CDATA[3]]></categoryid>
<categoryid><![CDATA[8]]></categoryid>
</categories>
<creator><![CDATA[2]]></creator>
<creatorid><![CDATA[1]]></creatorid>
<author><![CDATA[John Doe]]></author>
<email><![CDATA[john.doe@example.com]]></email>
<subject><![CDATA[How to export]]></subject>
<seosubject><![CDATA[how-to-export]]></seosubject>
<isedited><![CDATA[1]]></isedited>
<editeddateline><![CDATA[1335793205]]></editeddateline>
<editedstaffid><![CDATA[2]]></editedstaffid>
<views><![CDATA[210]]></views>
<isfeatured><![CDATA[1]]></isfeatured>
<allowcomments><![CDATA[1]]></allowcomments>
<totalcomments><![CDATA[6]]></totalcomments>
<hasattachments><![CDATA[1]]></hasattachments>
<attachments>
<attachment>
<id><![CDATA[31]]></id>
<filename><![CDATA[a &amp; b &#039;1&#039;.txt]]></filename>
<filesize><![CDATA[88.42 KB]]></filesize>
<link><![CDATA[https://desk.example.com/31]]></link>
</attachment>
</attachments>
<dateline><![CDATA[1335793205]]></dateline>
<articlestatus><![CDATA[2]]></articlestatus>
<articlerating><![CDATA[3.5]]></articlerating>
<ratinghits><![CDATA[7]]></ratinghits>
<ratingcount><![CDATA[2]]></ratingcount>
</kbarticle>
</kbarticles>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<kbarticles>
    <kbarticle>
        <kbarticleid>5</kbarticleid>
        <contents>&lt;p&gt;Click &amp;amp; wait.&lt;/p&gt;</contents>
        <contentstext>Click &amp; wait.</contentstext>
        <categories>
            <categoryid>0</categoryid>
        </categories>
        <creator>1</creator>
        <creatorid>7</creatorid>
        <author></author>
        <email></email>
        <subject>How to export</subject>
        <isedited>0</isedited>
        <editeddateline>0</editeddateline>
        <editedstaffid>0</editedstaffid>
        <views>210</views>
        <isfeatured>0</isfeatured>
        <allowcomments>1</allowcomments>
        <totalcomments>0</totalcomments>
        <hasattachments>0</hasattachments>
        <dateline>1335793205</dateline>
        <articlestatus>1</articlestatus>
        <articlerating>0</articlerating>
        <ratinghits>0</ratinghits>
        <ratingcount>0</ratingcount>
    </kbarticle>
</kbarticles>`,
    expected: {
      id: 5,
      contents: '<p>Click &amp; wait.</p>',
      contentsText: 'Click & wait.',
      categoryIds: [3, 8],
      creator: 'staff',
      creatorId: 1,
      author: 'John Doe',
      email: 'john.doe@example.com',
      subject: 'How to export',
      seoSubject: 'how-to-export',
      isEdited: true,
      editedDateline: '2012-04-30T13:40:05.000Z',
      editedStaffId: 2,
      views: 210,
      isFeatured: true,
      allowComments: true,
      totalComments: 6,
      hasAttachments: true,
      files: [
        {
          id: 31,
          fileName: "a & b '1'.txt",
          fileSize: '88.42 KB',
          link: 'https://desk.example.com/31',
        },
      ],
      dateline: '2012-04-30T13:40:05.000Z',
      articleStatus: 'draft',
      articleRating: 3.5,
      ratingHits: 7,
      ratingCount: 2,
    },
    expectedDocs: {
      categoryIds: [],
      creator: 'user',
      creatorId: 7,
      author: '',
      email: '',
      seoSubject: '',
      isEdited: false,
      editedDateline: null,
      editedStaffId: null,
      isFeatured: false,
      totalComments: 0,
      hasAttachments: false,
      files: [],
      articleStatus: 'published',
      articleRating: 0,
      ratingHits: 0,
      ratingCount: 0,
    },
  },
  actions: {
    more: { seoSubject: 'exports', isFeatured: true, articleStatus: 'draft' },
    make: async (kayako) => {
      const article = samples.knowledgebaseArticle(kayako);
      article.categoryIds = [(await samples.knowledgebaseCategory(kayako).add()).id];
      return article;
    },
    change: {
      contents: '<p>Drag.</p>',
      subject: 'How to import',
      seoSubject: 'imports',
      articleStatus: 'published',
      isFeatured: true,
      allowComments: false,
      categoryIds: [],
      editedStaffId: 1,
    },
  },
});

import { NewsCategory } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(NewsCategory, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<newscategories>
<newscategory>
<id><![CDATA[3]]></id>
<title><![CDATA[Offers]]></title>
<newsitemcount><![CDATA[7]]></newsitemcount>
<visibilitytype><![CDATA[private]]></visibilitytype>
</newscategory>
</newscategories>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<newscategories>
    <newscategory>
        <id>3</id>
        <title>Offers</title>
        <newsitemcount>7</newsitemcount>
        <visibilitytype>public</visibilitytype>
    </newscategory>
</newscategories>`,
    expected: { id: 3, title: 'Offers', newsItemCount: 7, visibilityType: 'private' },
    expectedDocs: { visibilityType: 'public' },
  },
  actions: { make: samples.newsCategory, change: { title: 'Events', visibilityType: 'private' } },
});

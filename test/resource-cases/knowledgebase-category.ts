import { KnowledgebaseCategory } from '@kayako-orm/orm';
import { resourceCase } from '../support/resource-case.js';
import * as samples from '../support/samples.js';

export default resourceCase(KnowledgebaseCategory, {
  schema: {
    live: `<?xml version="1.0" encoding="UTF-8"?>
<kbcategories>
<kbcategory>
<id><![CDATA[6]]></id>
<parentkbcategoryid><![CDATA[2]]></parentkbcategoryid>
<staffid><![CDATA[1]]></staffid>
<title><![CDATA[Printing]]></title>
<totalarticles><![CDATA[12]]></totalarticles>
<categorytype><![CDATA[4]]></categorytype>
<displayorder><![CDATA[3]]></displayorder>
<allowcomments><![CDATA[1]]></allowcomments>
<uservisibilitycustom><![CDATA[1]]></uservisibilitycustom>
<usergroupidlist>
<usergroupid><![CDATA[1]]></usergroupid>
<usergroupid><![CDATA[2]]></usergroupid>
</usergroupidlist>
<staffvisibilitycustom><![CDATA[1]]></staffvisibilitycustom>
<staffgroupidlist>
<staffgroupid><![CDATA[3]]></staffgroupid>
<staffgroupid><![CDATA[4]]></staffgroupid>
</staffgroupidlist>
<allowrating><![CDATA[1]]></allowrating>
<ispublished><![CDATA[1]]></ispublished>
</kbcategory>
</kbcategories>`,
    docs: `<?xml version="1.0" encoding="UTF-8"?>
<kbcategories>
    <kbcategory>
        <id>6</id>
        <parentkbcategoryid>0</parentkbcategoryid>
        <staffid>0</staffid>
        <title>Printing</title>
        <totalarticles>0</totalarticles>
        <categorytype>1</categorytype>
        <displayorder>3</displayorder>
        <allowcomments>1</allowcomments>
        <uservisibilitycustom>0</uservisibilitycustom>
        <staffvisibilitycustom>0</staffvisibilitycustom>
        <allowrating>1</allowrating>
        <ispublished>1</ispublished>
    </kbcategory>
</kbcategories>`,
    expected: {
      id: 6,
      parentKbCategoryId: 2,
      staffId: 1,
      title: 'Printing',
      totalArticles: 12,
      categoryType: 'inherit',
      displayOrder: 3,
      allowComments: true,
      userVisibilityCustom: true,
      userGroupIds: [1, 2],
      staffVisibilityCustom: true,
      staffGroupIds: [3, 4],
      allowRating: true,
      isPublished: true,
    },
    expectedDocs: {
      parentKbCategoryId: null,
      staffId: null,
      totalArticles: 0,
      categoryType: 'global',
      userVisibilityCustom: false,
      userGroupIds: [],
      staffVisibilityCustom: false,
      staffGroupIds: [],
    },
  },
  actions: {
    more: {
      staffId: 1,
      displayOrder: 7,
      allowComments: true,
      userVisibilityCustom: true,
      userGroupIds: [2],
      staffVisibilityCustom: true,
      staffGroupIds: [1],
      allowRating: true,
      isPublished: true,
    },
    make: async (kayako) => {
      const category = samples.knowledgebaseCategory(kayako);
      category.parentKbCategoryId = (await samples.knowledgebaseCategory(kayako).add()).id;
      return category;
    },
    change: {
      parentKbCategoryId: null,
      allowComments: true,
      userVisibilityCustom: true,
      userGroupIds: [2],
      allowRating: true,
      title: 'Scanning',
      categoryType: 'private',
      displayOrder: 4,
      isPublished: true,
      staffVisibilityCustom: true,
      staffGroupIds: [1],
    },
  },
});

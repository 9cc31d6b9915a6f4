import { type EntityClass, Field, Id, metadataOf } from '@kayako-orm/core';
import { Entity } from '../../src/entity/access-path.js';
import { planSelect } from '../../src/plan/plan-select.js';
import { type SelectPlan } from '../../src/plan/select-plan.js';
import { selectAll } from '../../src/query/select-node.js';
import { parseCondition } from '../../src/query/parse-condition.js';

function plan(type: EntityClass, condition: object = {}): SelectPlan {
  const metadata = metadataOf(type);
  return planSelect({ ...selectAll(metadata), condition: parseCondition(metadata, condition) });
}

describe('lists of a parent', () => {
  const actions = ['list', 'get', 'add', 'delete'] as const;

  @Entity({
    route: '/News/Comment',
    root: 'newsitemcomments',
    element: 'newsitemcomment',
    actions,
    access: [{ kind: 'whole' }, { kind: 'scoped', operation: 'ListAll', scope: 'newsItemId' }],
  })
  class Comment {
    @Id() id!: number;
    @Field({ type: 'id' }) newsItemId!: number | null;
  }

  const articles = { route: '/Knowledgebase/Article', root: 'kbarticles', element: 'kbarticle' };

  @Entity({
    ...articles,
    actions,
    access: [
      { kind: 'whole' },
      {
        kind: 'scoped',
        operation: 'ListAll',
        scope: 'categoryIds',
        pages: { size: 50, count: { operation: 'GetArticleCount', element: 'totalarticles' } },
      },
    ],
  })
  class Article {
    @Id({ wire: 'kbarticleid' }) id!: number;
    @Field({ type: ['id'], wire: 'categories/categoryid' }) categoryIds!: number[];
  }

  @Entity({
    ...articles,
    actions: ['list'],
    access: [{ kind: 'scoped', operation: 'ListAll', scope: 'categoryIds' }],
  })
  class Published {
    @Id() id!: number;
    @Field({ type: ['id'], wire: 'categories/categoryid' }) categoryIds!: number[];
  }

  it('beside a whole list, are read where the parent is named; ids stand alone in the route', () => {
    expect(plan(Comment, { newsItemId: 5 })).toMatchObject({
      steps: [{ kind: 'list', route: '/News/Comment/ListAll/5', scope: { newsItemId: 5 } }],
      residual: null,
    });
    expect(plan(Comment).steps).toMatchObject([{ route: '/News/Comment' }]);
    expect(plan(Comment, { newsItemId: null }).steps).toMatchObject([{ route: '/News/Comment' }]);
    expect(plan(Comment, { id: 3, newsItemId: 5 }).steps).toMatchObject([
      { kind: 'record', route: '/News/Comment/3' },
    ]);
    expect(plan(Comment, { newsItemId: [5, 6] }).steps).toMatchObject([{ route: '/News/Comment' }]);
  });

  it('by a list field, are read for one parent and checked here, because more may come', () => {
    const { steps, residual, checked, order } = plan(Article, { categoryIds: 3 });
    expect(steps).toEqual([
      {
        kind: 'offset',
        route: '/Knowledgebase/Article/ListAll',
        count: { route: '/Knowledgebase/Article/GetArticleCount', element: 'totalarticles' },
        filters: ['3'],
        parameters: [],
        pageSize: 50,
        maxPageSize: 50,
        start: 0,
        sort: null,
      },
    ]);
    expect(residual).toBeNull();
    expect(checked).toHaveLength(1);
    expect(order.kind).toBe('sort');
    expect(plan(Article, { categoryIds: [3, 4] }).steps).toMatchObject([
      { kind: 'list', route: '/Knowledgebase/Article' },
    ]);
    expect(plan(Article, { categoryIds: { some: { gt: 2 } } }).steps).toMatchObject([
      { kind: 'list' },
    ]);
  });

  it('are the only way where nothing else is declared, and never widen', () => {
    expect(plan(Published, { categoryIds: 3 })).toMatchObject({
      steps: [{ kind: 'list', route: '/Knowledgebase/Article/ListAll/3', scope: {} }],
      checked: [{ kind: 'some' }],
    });
    for (const condition of [{}, { categoryIds: [3, 4] }, { id: 3 }]) {
      expect(() => plan(Published, condition)).toThrow('lists need where({ categoryIds })');
    }
  });
});

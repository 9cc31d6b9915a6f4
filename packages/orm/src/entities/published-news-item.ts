import { type Forever, Field, Id } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { BaseEntity, printEntity } from '../entity/entity.js';
import { type Ref } from '../entity/ref.js';
import { BelongsTo, HasMany } from '../entity/relation-decorators.js';
import { newsType, type NewsType } from './code-tables.js';
import { NewsComment } from './news-comment.js';
import { NewsItem } from './news-item.js';
import { Staff } from './staff.js';

/**
 * A piece of news that is published, started and not expired (§7.1), of whatever type and for whichever groups: those for
 * everybody are `newsType: ['global', 'public']` without groups, which `item` tells. Lists need
 * `where({ categoryIds })`; of each category the help desk gives the 500 newest at most.
 */
@Entity({
  route: '/News/NewsItem',
  root: 'newsitems',
  element: 'newsitem',
  actions: ['list'],
  access: [{ kind: 'scoped', operation: 'ListAll', scope: 'categoryIds' }],
})
export class PublishedNewsItem extends BaseEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'id' }) readonly staffId!: number | null;

  @Field({ type: newsType }) readonly newsType!: NewsType | null;

  /** The author's name. */
  @Field({ type: 'text' }) readonly author!: string;

  /** The author's address. */
  @Field({ type: 'text' }) readonly email!: string;

  @Field({ type: 'text' }) readonly subject!: string;

  @Field({ type: 'date' }) readonly dateline!: Date | null;

  @Field({ type: 'date' }) readonly start!: Date | null;

  @Field({ type: 'expiry' }) readonly expiry!: Date | Forever;

  @Field({ type: 'integer' }) readonly totalComments!: number;

  @Field({ type: 'boolean' }) readonly allowComments!: boolean;

  /** HTML. */
  @Field({ type: 'text' }) readonly contents!: string;

  @Field({ type: ['id'], wire: 'categories/categoryid' }) readonly categoryIds!: number[];

  /** The same item with all its fields, to be changed. */
  @BelongsTo(() => NewsItem, 'id') declare readonly item: Ref<NewsItem>;

  @BelongsTo(() => Staff, 'staffId') declare readonly staff: Ref<Staff>;

  @HasMany(() => NewsComment, 'newsItemId') declare readonly comments: Collection<NewsComment>;

  override toString(): string {
    return printEntity(this, this.subject);
  }
}

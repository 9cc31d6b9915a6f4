import { Field, Id, keyword } from '@kayako-orm/core';
import { Entity } from '../entity/access-path.js';
import { type Collection } from '../entity/collection.js';
import { EditableEntity, printEntity } from '../entity/entity.js';
import { HasMany } from '../entity/relation-decorators.js';
import { NewsItem } from './news-item.js';
import { PublishedNewsItem } from './published-news-item.js';

/** A category of the news (§7.2). Deleting it keeps its items. */
@Entity({
  route: '/News/Category',
  root: 'newscategories',
  element: 'newscategory',
  actions: ['list', 'get', 'add', 'save', 'delete'],
})
export class NewsCategory extends EditableEntity {
  @Id() declare readonly id: number;

  @Field({ type: 'text', required: 'add', clearable: false }) title!: string;

  /** Items in it, whatever their status. */
  @Field({ type: 'integer', write: false }) readonly newsItemCount!: number;

  @Field({ type: keyword('public', 'private'), required: 'add', clearable: false })
  visibilityType!: 'public' | 'private';

  /** All items in it, whatever their status. */
  @HasMany(() => NewsItem, 'categoryIds') declare readonly items: Collection<NewsItem>;

  /** What readers see. */
  @HasMany(() => PublishedNewsItem, 'categoryIds')
  declare readonly publishedItems: Collection<PublishedNewsItem>;

  override toString(): string {
    return printEntity(this, this.title);
  }
}

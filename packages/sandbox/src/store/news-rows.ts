import { type GroupVisibility, type Visibility } from './base-rows.js';

/** Rows of the News application; numbers with a table are those of 3.4. */

export const NEWS_TYPE = { global: 1, public: 2, private: 3 } as const;
export const NEWS_STATUS = { draft: 1, published: 2 } as const;

export interface NewsItem extends GroupVisibility {
  readonly id: number;
  readonly staffId: number;
  readonly newsType: number;
  readonly newsStatus: number;
  readonly author: string;
  readonly email: string;
  readonly subject: string;
  readonly emailSubject: string;
  readonly dateline: number;
  /** 0 for none. */
  readonly start: number;
  /** 0 for never. */
  readonly expiry: number;
  readonly allowComments: boolean;
  readonly contents: string;
  readonly categoryIds: readonly number[];
}

export interface NewsCategory {
  readonly id: number;
  readonly title: string;
  readonly visibilityType: Visibility;
}

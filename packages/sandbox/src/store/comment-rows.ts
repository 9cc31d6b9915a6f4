/** A comment on a news item, an article or a troubleshooter step; numbers are those of 3.4. */
export interface Comment {
  readonly id: number;
  /** What it comments on. */
  readonly itemId: number;
  readonly creatorType: number;
  /** 0 for somebody without an account. */
  readonly creatorId: number;
  readonly fullName: string;
  readonly email: string;
  readonly ipAddress: string;
  readonly dateline: number;
  /** 0 unless it replies to another comment. */
  readonly parentCommentId: number;
  readonly status: number;
  readonly userAgent: string;
  readonly referrer: string;
  readonly parentUrl: string;
  readonly contents: string;
}

export const COMMENT_CREATOR = { staff: 1, user: 2 } as const;
export const COMMENT_STATUS = { pending: 1, approved: 2, spam: 3 } as const;

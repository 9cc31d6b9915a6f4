// One class for each decorator, made when asked for: compiled as standard decorators, each must say what is wrong.
import {
  BelongsTo,
  type Collection,
  Entity,
  Field,
  HasMany,
  Id,
  type Ref,
  User,
} from '@kayako-orm/orm';

export const declareWith = {
  Entity(): unknown {
    @Entity({ route: '/Base/User', root: 'users', element: 'user', actions: ['list'] })
    class Declared {
      id = 1;
    }
    return Declared;
  },
  Id(): unknown {
    class Declared {
      @Id() id!: number;
    }
    return Declared;
  },
  Field(): unknown {
    class Declared {
      @Field({ type: 'text' }) title!: string;
    }
    return Declared;
  },
  BelongsTo(): unknown {
    class Declared {
      @BelongsTo(() => User, 'userId') user!: Ref<User>;
    }
    return Declared;
  },
  HasMany(): unknown {
    class Declared {
      @HasMany(() => User, 'groupId') users!: Collection<User>;
    }
    return Declared;
  },
};

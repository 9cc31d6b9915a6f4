// Must be evaluated before class-transformer, whose @Type reads Reflect.getMetadata.
import 'reflect-metadata';

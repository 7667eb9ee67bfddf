import { Argument, InvalidArgumentError } from 'commander';

/** `upwork`, in any case: the one platform there is. */
export function parsePlatform(text: string): string {
  if (text.toUpperCase() === 'UPWORK') return 'UPWORK';
  throw new InvalidArgumentError('The only platform is upwork.');
}

/** The `upwork` of `connect upwork` and `disconnect upwork`. */
export function platformArgument(): Argument {
  return new Argument('<platform>', 'upwork').argParser(parsePlatform);
}

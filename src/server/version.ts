import packageFile from '../../package.json' with { type: 'json' };

/** Prospector's version, as `system.version` and the user agent say it. */
export const { version } = packageFile;

/** A copy without what is undefined: for services whose optional fields are absent rather than undefined. Null stays, it clears. */
export function withoutUndefined<Given extends object>(
  given: Given,
): { [Key in keyof Given]?: Exclude<Given[Key], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as ReturnType<
    typeof withoutUndefined<Given>
  >;
}

/** A copy without what is null or undefined: for filters, where null asks for nothing. */
export function withoutNull<Given extends object>(given: Given): { [Key in keyof Given]?: NonNullable<Given[Key]> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value != null)) as ReturnType<
    typeof withoutNull<Given>
  >;
}

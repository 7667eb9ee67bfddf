/** What a scan has left for the next ones. */
export interface Unread {
  /**
   * About how many postings, told by how densely those that were read lie. Undefined where too few were read to tell.
   */
  readonly about?: number;
}

import type { Database } from '../../database/model.ts';
import type { UserFailure } from '../../failures/model.ts';
import type { ConnectionFlow } from '../model.ts';

/** Where a flow stands. */
export type FlowStatus = ConnectionFlow['status'];

/** A row of `connection_flows`. Instants in ms. */
export interface FlowRow {
  readonly id: string;
  readonly status: FlowStatus;
  readonly stateHash: string;
  readonly browserHash: string | null;
  readonly redirectUri: string;
  readonly returnTo: string | null;
  readonly allowAccountChange: boolean;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly completedAt: number | null;
  readonly failure: UserFailure | null;
}

/** Reads and writes flows. Writes join the caller's transaction. */
export interface FlowRows {
  byId(id: string): FlowRow | undefined;
  byState(stateHash: string): FlowRow | undefined;
  /** Flows that are not over, newest first. */
  open(): FlowRow[];
  insert(flow: Omit<FlowRow, 'status' | 'completedAt' | 'failure'>): void;
  /** Deletes flows begun before that. */
  trim(before: number): void;
  /** Moves a flow on if it stands at `from`; says whether it did. `at` where the flow is over. */
  move(id: string, from: FlowStatus, to: FlowStatus, over?: { at: number; failure?: UserFailure }): boolean;
}

const columns = `id, status, state_hash AS stateHash, browser_hash AS browserHash, redirect_uri AS redirectUri, return_to AS returnTo,
  allow_account_change AS allowAccountChange, created_at AS createdAt, expires_at AS expiresAt, completed_at AS completedAt, failure`;
type Stored = Omit<FlowRow, 'allowAccountChange' | 'failure'> & { allowAccountChange: number; failure: string | null };

/** Prepares the statements. */
export function createFlowRows({ sql }: Database): FlowRows {
  const byId = sql.prepare<[string], Stored>(`SELECT ${columns} FROM connection_flows WHERE id = ?`);
  const byState = sql.prepare<[string], Stored>(`SELECT ${columns} FROM connection_flows WHERE state_hash = ?`);
  const open = sql.prepare<[], Stored>(
    `SELECT ${columns} FROM connection_flows WHERE status IN ('PENDING', 'EXCHANGING') ORDER BY created_at DESC, id DESC`,
  );
  const insert = sql.prepare(
    `INSERT INTO connection_flows (id, platform, status, state_hash, browser_hash, redirect_uri, return_to, allow_account_change, created_at, expires_at)
     VALUES (@id, 'upwork', 'PENDING', @stateHash, @browserHash, @redirectUri, @returnTo, @allowAccountChange, @createdAt, @expiresAt)`,
  );
  const move = sql.prepare(
    'UPDATE connection_flows SET status = @to, completed_at = @at, failure = @failure WHERE id = @id AND status = @from',
  );
  const trim = sql.prepare('DELETE FROM connection_flows WHERE created_at < ?');
  const toRow = (row: Stored | undefined): FlowRow | undefined =>
    row && {
      ...row,
      allowAccountChange: row.allowAccountChange === 1,
      failure: row.failure === null ? null : (JSON.parse(row.failure) as UserFailure),
    };
  return {
    byId: (id) => toRow(byId.get(id)),
    byState: (stateHash) => toRow(byState.get(stateHash)),
    open: () => open.all().flatMap((row) => toRow(row) ?? []),
    insert: (flow) => void insert.run({ ...flow, allowAccountChange: flow.allowAccountChange ? 1 : 0 }),
    trim: (before) => void trim.run(before),
    move: (id, from, to, over) =>
      move.run({
        id,
        from,
        to,
        at: over?.at ?? null,
        failure: over?.failure === undefined ? null : JSON.stringify(over.failure),
      }).changes === 1,
  };
}

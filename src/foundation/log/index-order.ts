/**
 * Settings for one transaction that reads the end of the log. How many lines stand after a seal PostgreSQL can only guess, and a wrong guess
 * sorts the whole log for its last lines; so it reads in the order of the index, which is never wrong by more than those lines.
 */
export const inIndexOrder = 'set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off';

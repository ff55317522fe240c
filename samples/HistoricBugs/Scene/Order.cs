using MmLock;

// What the model leaves out: the queue of huge pages worth splitting stands between i_pages and lru_lock.
[assembly: LockHierarchy("""
    i_pages
      split_queue_lock
        lru_lock
    """)]

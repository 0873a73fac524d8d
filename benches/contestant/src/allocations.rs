//! Counting allocations, if the feature `allocations` is on.

#[cfg(feature = "allocations")]
#[global_allocator]
static COUNTED: &stats_alloc::StatsAlloc<std::alloc::System> = &stats_alloc::INSTRUMENTED_SYSTEM;

/// Counts from here on.
#[derive(Debug)]
pub(crate) struct Count {
    #[cfg(feature = "allocations")]
    region: stats_alloc::Region<'static, std::alloc::System>,
}

impl Count {
    /// Begins to count.
    pub(crate) fn begin() -> Self {
        Count {
            #[cfg(feature = "allocations")]
            region: stats_alloc::Region::new(COUNTED),
        }
    }

    /// How many allocations there were, those that moved a block included; `None` if they are not counted.
    pub(crate) fn end(&self) -> Option<u64> {
        #[cfg(feature = "allocations")]
        {
            let change = self.region.change();
            Some((change.allocations + change.reallocations) as u64)
        }
        #[cfg(not(feature = "allocations"))]
        None
    }
}

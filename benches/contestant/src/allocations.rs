//! Counts allocations, with the feature `allocations`.

#[cfg(feature = "allocations")]
#[global_allocator]
static COUNTED: &stats_alloc::StatsAlloc<std::alloc::System> = &stats_alloc::INSTRUMENTED_SYSTEM;

/// The counter's reading at the beginning of a measurement.
#[derive(Debug)]
pub(crate) struct Count {
    #[cfg(feature = "allocations")]
    region: stats_alloc::Region<'static, std::alloc::System>,
}

impl Count {
    /// Starts counting.
    pub(crate) fn begin() -> Self {
        Count {
            #[cfg(feature = "allocations")]
            region: stats_alloc::Region::new(COUNTED),
        }
    }

    /// Returns the number of allocations since, including those that moved a block, or `None` if they are not counted.
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

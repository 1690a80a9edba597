"""Our own task specs: SpiffWorkflow's, told to report what happens and mended where 3.2.0 is at fault."""

"""How much a flow may ask for: what is refused at deployment, and what stops a running case."""

MAX_BYTES = 2_000_000  # of one uploaded file
MAX_XML_ELEMENTS = 5_000  # in one file
MAX_XML_DEPTH = 100

MAX_NODES = 600  # of one process, because SpiffWorkflow predicts recursively along a chain
MAX_CALL_DEPTH = 8  # processes and subprocesses inside one another

MAX_STEPS = 2_000  # automatic steps of one move
MAX_TASKS = 20_000  # engine tasks made in one move: parallel blocks multiply in the prediction
MAX_INSTANCES = 200  # of one multi-instance

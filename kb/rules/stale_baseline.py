"""The baseline records a finding that is not there any more.

A baseline (`kb lint --baseline FILE`) leaves out what was found when the editors began to look. An entry whose finding was mended
would hide the next fault of its kind on the same record, so it has to go: `--write-baseline` writes the file anew, or delete the line.

Bad:

    ## ../baseline.json
    {
      "version": 1,
      "findings": [
        {"rule": "self-relation", "owner": "sky-is-blue", "target": "sky-is-blue"}    # <- stale-baseline
      ]
    }
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.

Good:

    ## ../baseline.json
    {
      "version": 1,
      "findings": []
    }
    ## talk/sky-is-blue.yaml
    kind: claim
    text: The sky is blue.
"""

SEVERITY = "warning"

"""An argument-mapping knowledge base: debates as YAML in git, checked, evaluated, queried and published.

From text to answer: `reading` and `load` make records of files; `debate` is the graph they form; `standing`, `semantics` and
`evaluate` say what stands; `contention` and `disagreements` what is in dispute; `rules` and `lint` what is wrong, `formats` and
`report` write that down; `queries` answer in rows; `pages`, `publishing` and `site` make the site; `commands` and `cli` speak to the
terminal.
"""

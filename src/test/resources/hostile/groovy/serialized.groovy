new ObjectInputStream(null)

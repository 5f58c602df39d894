new java.beans.XMLDecoder(null)
